/** Packages and our own parts that a screen of either console is made of. */
const SHARED = [
  /\/node_modules\/(?:react|react-dom|scheduler|use-sync-external-store|@tanstack\/(?!react-router\/.*\/useBlocker)[^/]+)\//,
  /\/node_modules\/@base-ui\/react\/(?:csp-provider|internals\/csp-context)/,
  /\/apps\/console\/src\/(?:api|language)\//,
  /\/libs\/shown-text\/src\/(?:index|one-line)/,
  /\/apps\/console\/src\/shell\/(?!toast-area|shortcut-list)/,
  /\/apps\/console\/src\/parts\/(?:after|button|card|chips|class-names|empty|error-box|field|light-icon|loaded|loading|now|parts|select|settled|typed|words)[.-]/,
];

/** The owner's first screen, and what the sentences on it are written with. */
const OWNER = [
  /\/apps\/console\/src\/owner\/(?!main)/,
  /\/apps\/console\/src\/screens\/home\//,
  /\/apps\/console\/src\/share\/(?:share-button|share-place|share-address|load-share-dialog)[.-]/,
  /\/libs\/wording\/src\/(?:messages\/(?!activity)|parts|time|reader|sentences\/(?:deeds|short-forms))/,
];

/**
 * What is loaded before anything stands comes in two files and not in twenty: small files compress badly, and each costs a request.
 * Whatever is not named here the bundler divides by the screens that use it.
 */
export const CHUNKS = [
  { name: 'base', test: of(SHARED) },
  { name: 'home', test: of(OWNER) },
];

function of(patterns: readonly RegExp[]): (id: string) => boolean {
  return (id) => patterns.some((one) => one.test(id.replaceAll('\\', '/')));
}
