import { describe, expect, test } from 'vitest';
import { shopSnapshot } from '../../../cli/test/support/shop-snapshot.js';
import { rawRequest } from '../support/raw-request.js';
import { viewerOf } from '../support/viewer-of.js';

const running = viewerOf(shopSnapshot());
const own = (): string => `127.0.0.1:${running.viewer.port}`;
const authorized = () => ({ authorization: `Bearer ${running.viewer.token}` });
const get = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  rawRequest(running.viewer.port, path, { method, headers: { host: own(), ...headers } });
const errorOf = ({ body }: { body: string }): string => JSON.parse(body).error.code;

describe('who may ask', () => {
  test('nobody without the token, whatever the route', async () => {
    for (const path of ['/api/state', '/api/classes?snapshot=0', '/api/events', '/api/none']) {
      const answer = await get(path);
      expect(answer.status, path).toBe(401);
      expect(errorOf(answer)).toBe('UNAUTHORIZED');
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
    for (const path of ['/', '/index.html', '/assets/index.js', '/package.json']) {
      expect((await get(path)).status, path).toBe(401);
    }
  });

  test('nobody with a wrong token, in the address or in a header', async () => {
    const { token } = running.viewer;
    const wrongTokens = [
      '',
      'x',
      token.slice(0, -1),
      `${token}x`,
      token.toLowerCase(),
      encodeURIComponent('\0'),
    ];
    for (const wrong of wrongTokens) {
      const page = await get(`/?token=${wrong}`);
      expect(page.status).toBe(401);
      expect(page.headers['set-cookie']).toBeUndefined();
      expect((await get('/api/state', { authorization: `Bearer ${wrong}` })).status).toBe(401);
      expect((await get('/api/state', { cookie: `heapstream-${running.viewer.port}=${wrong}` })).status).toBe(
        401,
      );
    }
    // the token itself is no cookie, nor is it taken in the address of the API
    expect((await get('/api/state', { cookie: `heapstream-${running.viewer.port}=${token}` })).status).toBe(
      401,
    );
    expect((await get(`/api/state?token=${token}`)).status).toBe(401);
    expect((await get('/api/state', { authorization: `Basic ${token}` })).status).toBe(401);
  });

  test('whoever has the token: programs by a header, browsers by the cookie that they get for it', async () => {
    const state = await get('/api/state', authorized());
    expect(state.status).toBe(200);
    expect(JSON.parse(state.body).snapshots[0]).toMatchObject({ name: '0.heapsnapshot', status: 'ready' });

    const entered = await get(`/?token=${running.viewer.token}`);
    expect(entered).toMatchObject({ status: 303, body: '' });
    expect(entered.headers.location).toBe('/');
    const [cookie, ...attributes] = String(entered.headers['set-cookie']).split('; ');
    expect(attributes).toEqual(['Path=/', 'HttpOnly', 'SameSite=Strict']);
    expect(cookie).not.toContain(running.viewer.token);
    expect((await get('/api/state', { cookie: `other=1; ${cookie}` })).status).toBe(200);
    const page = await get('/', { cookie });
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
  });

  test('a link on another site may open the page, which then asks for itself', async () => {
    const crossSite = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    const entered = await get(`/?token=${running.viewer.token}`, crossSite);
    expect(entered).toMatchObject({ status: 200, body: '' });
    expect(entered.headers.refresh).toBe('0; url=/');
    expect(entered.headers['set-cookie']).toBeDefined();
  });
});

describe('what other sites may have a browser send', () => {
  test('no answer to another Host, as after DNS rebinding', async () => {
    const { port } = running.viewer;
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
      `127.0.0.1.evil.example:${port}`,
      `[::1]:${port}`,
    ]) {
      const answer = await get('/api/state', { ...authorized(), host });
      expect([answer.status, host]).toEqual([403, host]);
      expect(errorOf(answer)).toBe('FORBIDDEN');
    }
    expect((await get('/api/state', { ...authorized(), host: `localhost:${port}` })).status).toBe(200);
    expect((await get('/api/state', { ...authorized(), host: `LOCALHOST:${port}` })).status).toBe(200);
  });

  test('no answer to another Origin', async () => {
    for (const origin of [
      'http://evil.example',
      'null',
      `https://${own()}`,
      'http://127.0.0.1:1',
      `http://localhost:${running.viewer.port}`,
    ]) {
      const answer = await get('/api/state', { ...authorized(), origin });
      expect([answer.status, origin]).toEqual([403, origin]);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
    expect((await get('/api/state', { ...authorized(), origin: `http://${own()}` })).status).toBe(200);
  });

  test('no answer to what pages of other sites load, but when they open the page', async () => {
    for (const site of ['cross-site', 'same-site']) {
      for (const path of ['/api/state', '/index.html', '/']) {
        const answer = await get(path, {
          ...authorized(),
          'sec-fetch-site': site,
          'sec-fetch-mode': 'no-cors',
        });
        expect(answer.status, `${site} ${path}`).toBe(403);
      }
      const framed = { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' };
      expect((await get('/', framed)).status).toBe(403);
    }
    expect((await get('/api/state', { ...authorized(), 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  test('nothing can be changed', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE']) {
      const answer = await get('/api/state', authorized(), method);
      expect([answer.status, method]).toEqual([405, method]);
      expect(answer.headers.allow).toBe('GET, HEAD');
    }
    const head = await get('/api/state', authorized(), 'HEAD');
    expect(head).toMatchObject({ status: 200, body: '' });
  });
});

describe('what is answered', () => {
  test('every answer has the headers that keep the page from running or loading anything else', async () => {
    for (const answer of [
      await get('/api/state', authorized()),
      await get('/api/state'),
      await get('/'),
      await get('/index.html', authorized()),
      await get('/api/nothing', authorized()),
      await get('/api/state', authorized(), 'POST'),
    ]) {
      const { headers } = answer;
      const policy = String(headers['content-security-policy']).split('; ');
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy.join()).not.toMatch(/unsafe|\*|https?:/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('no file but those of the page, however the path is written', async () => {
    const paths = [
      '/../../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/package.json',
      '/assets/../../index.js',
      '/assets/%2e%2e/%2e%2e/index.js',
      '/..\\..\\package.json',
      '//etc/passwd',
      '/etc/passwd',
      '/index.js',
      '/%00',
      '/%',
      '/api/../index.js',
      '/api/%2e%2e/state',
      '/api/__proto__',
      '/api/constructor',
      '/.env',
    ];
    for (const path of paths) {
      const answer = await get(path, authorized());
      expect([answer.status, path]).toEqual([404, path]);
      expect(answer.body).not.toMatch(/root:|"name"|export /);
    }
  });

  test('a range of a file is given whole', async () => {
    const answer = await get('/index.html', { ...authorized(), range: 'bytes=5-2' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatch(/^<!doctype html>/i);
  });

  test('requests too large are refused, and the server goes on', async () => {
    const huge = await get(`/api/classes?snapshot=0&filter=${'x'.repeat(20_000)}`, authorized());
    expect(huge.status).toBe(431);
    const long = await get(`/api/classes?snapshot=0&filter=${'x'.repeat(1001)}`, authorized());
    expect(long.status).toBe(400);
    expect((await get('/api/state', authorized())).status).toBe(200);
  });
});
