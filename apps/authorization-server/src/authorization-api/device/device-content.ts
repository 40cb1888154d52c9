/** What an interaction about a device remembers. */
export interface DeviceContent {
  /** Hash of the device code. */
  readonly device: string;
  /** As the device shows it, to compare. */
  readonly userCode: string;
  /** Where the person's browser was when it brought the code. */
  readonly address: string;
  /** A proxy that is not configured passed it on: the address may be that proxy's. */
  readonly isForwarded?: boolean;
}
