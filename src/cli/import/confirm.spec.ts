import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { confirm, isTerminal } from './confirm.js';
import { interruptible } from './interruption.js';

const signal = new AbortController().signal;
const streams = () => ({ input: new PassThrough(), output: new PassThrough() });

describe('the question before anything is written', () => {
  it.each([
    ['y\n', true],
    [' YES \n', true],
    ['n\n', false],
    ['\n', false],
    ['yo\n', false],
    ['', false],
  ])('takes %j for %s', async (typed, answer) => {
    const { input, output } = streams();
    input.end(typed);
    expect(await confirm('Write it?', { input, output }, signal)).toBe(answer);
    output.end();
    expect(await text(output)).toMatch(/^Write it\? \(y\/N\) \n?$/);
  });

  it('ends with an interruption', async () => {
    const controller = new AbortController();
    const asked = confirm('Write it?', streams(), controller.signal);
    controller.abort(new Error('interrupted'));
    await expect(asked).rejects.toThrow('interrupted');
    await expect(confirm('Write it?', streams(), controller.signal)).rejects.toThrow('interrupted');
  });

  it('is asked where both ends are a terminal', () => {
    const [tty, file] = [{ isTTY: true }, {}].map((kind) => Object.assign(new PassThrough(), kind));
    const is = (input = tty, output = tty) =>
      isTerminal({ input: input as PassThrough, output: output as PassThrough });
    expect([is(), is(file, tty), is(tty, file)]).toEqual([true, false, false]);
  });
});

describe('an interruption', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s is told once; after it, and after the work, nobody listens',
    async (name) => {
      const before = process.listenerCount(name);
      const reason = await interruptible((told) => {
        expect(process.listenerCount(name)).toBe(before + 1);
        process.emit(name);
        expect(process.listenerCount(name)).toBe(before);
        return Promise.resolve(told.reason as Error);
      });
      expect(reason.message).toBe('interrupted; nothing was written');
      await expect(interruptible(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
      expect(process.listenerCount(name)).toBe(before);
    },
  );
});
