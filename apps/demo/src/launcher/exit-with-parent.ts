/**
 * Loaded into each program of the demo before its own code: when the launcher is gone, however it went, the program
 * stops, so that nothing keeps running and holding a port.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Watching must not keep a program alive that has nothing else to do.
process.channel?.unref();

export {};
