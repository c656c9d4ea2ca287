/** Keeps a core busy and leaves it alone again, every 2.5 s, until it is ended. Plain Node. */
const PERIOD_MS = 2500;

for (;;) {
	const end = performance.now() + PERIOD_MS;
	while (performance.now() < end) Math.sqrt(Math.random());
	await new Promise((resolve) => setTimeout(resolve, PERIOD_MS));
}
