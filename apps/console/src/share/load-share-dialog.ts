/** Gets the share dialog's chunk: ahead, when a button that opens it is pointed at or has the focus. */
export async function loadShareDialog() {
  const { ShareDialog } = await import('./share-dialog.part.js');
  return { default: ShareDialog };
}
