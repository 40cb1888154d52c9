/** Of the pages on which a person connects a device (A6, A7). */
export interface DeviceMessages {
  readonly title: string;
  readonly warning: string;
  readonly neverSent: string;
  readonly code: string;
  readonly codeHelp: string;
  readonly submit: string;
  readonly unknown: string;
  readonly wait: (when: string) => string;
  readonly confirmTitle: (application: string) => string;
  readonly compare: string;
  readonly device: string;
  readonly asked: string;
  readonly place: string;
  readonly yourPlace: string;
  readonly unknownPlace: string;
  readonly placeSame: string;
  readonly placeDiffers: string;
  /** The account was signed in from there before, or not as far as is remembered: old places are forgotten. */
  readonly placeKnown: string;
  readonly placeNew: string;
  /** Each by how its addresses begin. */
  readonly networks: {
    readonly internet: (begins: string) => string;
    readonly private: (begins: string) => string;
    readonly this_machine: string;
  };
  readonly placeHelp: string;
  readonly may: string;
  readonly ends: (days: number) => string;
  readonly cancel: string;
  readonly allow: string;
}
