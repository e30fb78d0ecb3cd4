/** The actions of a line such as `s3:GetObject PutObject`: one without a service has that of the one before it. */
export function actionsIn(spelled: string): readonly string[] {
  let service = '';
  return spelled.split(' ').map((action) => {
    const colon = action.indexOf(':');
    if (colon < 0) return service + action;
    service = action.slice(0, colon + 1);
    return action;
  });
}
