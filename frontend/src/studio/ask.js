// What every editor of the studio asks of the server: JSON with the token of the page; a refusal is an error with its sentence.
export class Refused extends Error {
  constructor(status, body) {
    super(body.detail ?? '');
    Object.assign(this, { status, body });
  }
}

export function asker(token) {
  return async function ask(address, { method = 'GET', body, raw, rev, headers = {} } = {}) {
    const given = { Accept: 'application/json', 'X-CSRFToken': token, ...headers };
    if (body !== undefined) given['Content-Type'] = 'application/json';
    if (rev) given['If-Match'] = `"${rev}"`;
    const answer = await fetch(address, { method, headers: given, body: raw ?? (body === undefined ? undefined : JSON.stringify(body)) });
    const told = await answer.json().catch(() => ({}));
    // sent to the page where one signs in: nothing was done
    if (answer.redirected) throw new Refused(401, told);
    if (!answer.ok) throw new Refused(answer.status, told);
    return told;
  };
}
