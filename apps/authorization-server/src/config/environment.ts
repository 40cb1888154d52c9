/** The process's environment. Nothing outside this folder reads it; everybody else takes a typed setting. */
export function processEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}
