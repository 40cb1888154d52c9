/** The browser of this machine, or the one that VALETKEY_TEST_CHROMIUM names. */
export function findChromium(): string | undefined;
export function installChromium(): void;
