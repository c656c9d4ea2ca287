import type { QueryProblem } from '../arch/query';
import * as m from '../paraglide/messages';

/** What was wrong with one part of a query string. */
export function problemText({ key, value, code, allowed }: QueryProblem): string {
	switch (code) {
		case 'unknown-key':
			return m.design_problem_unknown_key({ key });
		case 'unknown-value':
			return m.design_problem_unknown_value({ key, value, allowed });
		case 'not-four-numbers':
			return m.design_problem_not_four_numbers({ key, value, allowed });
		case 'out-of-range':
			return m.design_problem_out_of_range({ key, value, allowed });
		case 'repeated':
			return m.design_problem_repeated({ key, value });
		case 'unknown-version':
			return m.design_problem_unknown_version({ value, allowed });
	}
}
