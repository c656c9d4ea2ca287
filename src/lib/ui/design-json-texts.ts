import type { DesignJsonProblem } from '../arch/read-design-json';
import * as m from '../paraglide/messages';

/** Why a file was not opened as a design, as one sentence or two. */
export function designJsonProblemText(problem: DesignJsonProblem): string {
	switch (problem.code) {
		case 'not-json':
			return m.export_problem_not_json();
		case 'not-a-design':
			return m.export_problem_not_design();
		case 'unknown-version':
			return m.export_problem_version({ version: problem.version });
		case 'invalid':
			return m.export_problem_invalid({ path: problem.path, detail: problem.detail });
	}
}
