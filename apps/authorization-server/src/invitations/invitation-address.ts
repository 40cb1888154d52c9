/** Where an invitation's link leads: at this server's configured address. */
export function invitationUrl(issuer: string, value: string): string {
  return `${issuer}/invitations/${value}`;
}
