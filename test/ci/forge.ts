import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly type: 'Bot' | 'User' };
  readonly author_association: string;
}

/** GitHub's API as far as comments on pull request 7 of `acme/estate` go, on this machine. */
export interface Forge {
  readonly url: string;
  readonly comments: Comment[];
  /** `GET /repos/…`, in order. */
  readonly requests: string[];
  /** What it answers to requests that change something; absent: it does them. */
  refusal: number | undefined;
  close(): void;
}

const TOKEN = 'Bearer secret';

export async function startForge(): Promise<Forge> {
  const comments: Comment[] = [];
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      requests.push(`${method} ${url}`);
      const [status, value] =
        headers.authorization === TOKEN ? answer(method, url, text) : [401, {}];
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    });
  });
  const forge: Forge = {
    url: '',
    comments,
    requests,
    refusal: undefined,
    close: () => server.close(),
  };
  const answer = (method: string, url: string, text: string): readonly [number, unknown] => {
    const { pathname, searchParams } = new URL(url, 'http://forge');
    const list = '/repos/acme/estate/issues/7/comments';
    if (method === 'GET' && pathname === list) {
      const length = Number(searchParams.get('per_page') ?? 30);
      const first = (Number(searchParams.get('page') ?? 1) - 1) * length;
      return [200, comments.slice(first, first + length)];
    }
    if (forge.refusal !== undefined) return [forge.refusal, { message: 'not accessible' }];
    const { body } = JSON.parse(text) as { readonly body: string };
    if (method === 'POST' && pathname === list) {
      comments.push(botComment(comments.length + 1, body));
      return [201, comments.at(-1)];
    }
    const id = Number(/^\/repos\/acme\/estate\/issues\/comments\/(\d+)$/.exec(pathname)?.[1]);
    const comment = comments.find((one) => one.id === id);
    if (method !== 'PATCH' || comment === undefined) return [404, {}];
    comment.body = body;
    return [200, comment];
  };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return Object.assign(forge, { url: `http://127.0.0.1:${port}` });
}

export function botComment(id: number, body: string): Comment {
  return { id, body, user: { type: 'Bot' }, author_association: 'NONE' };
}
