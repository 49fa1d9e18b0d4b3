import { describe, expect, it } from 'vitest';
import type { PlaybackAnswer, RecordingSource } from '../engine';
import { openEither } from './twoSources';

const piece = (startMs: number, source: RecordingSource): PlaybackAnswer => ({
  chunk: { startMs, mime: 'video/mp4', body: new ReadableStream(), source },
});
const next = (nextMs: number | null): PlaybackAnswer => ({ chunk: null, nextMs });

async function shown(ours: PlaybackAnswer, theirs: PlaybackAnswer | Error, isFirst = true) {
  const asked: [number, number, RecordingSource][] = [];
  const answer = await openEither(
    (fromMs, toMs, source) => {
      asked.push([fromMs, toMs, source]);
      if (source === 'centre') return Promise.resolve(ours);
      return theirs instanceof Error ? Promise.reject(theirs) : Promise.resolve(theirs);
    },
    10_000,
    40_000,
    isFirst,
  );
  return { answer, asked };
}

describe('two places where a camera is recorded', () => {
  it('takes ours where it is, and does not bother the device', async () => {
    const { answer, asked } = await shown(piece(9_000, 'centre'), new Error('not asked'));
    expect(answer.chunk?.source).toBe('centre');
    expect(asked).toHaveLength(1);
  });

  it('takes what the device has before ours begins again, up to there', async () => {
    const { answer, asked } = await shown(next(25_000), piece(9_500, 'device'));
    expect(answer.chunk?.source).toBe('device');
    expect(asked[1]).toEqual([10_000, 25_000, 'device']);
  });

  it('goes on to whichever begins first', async () => {
    expect((await shown(next(25_000), next(30_000))).answer).toEqual(next(25_000));
    expect((await shown(next(null), next(30_000))).answer).toEqual(next(30_000));
    expect((await shown(next(null), next(null))).answer).toEqual(next(null));
    expect((await shown(piece(20_000, 'centre'), next(null))).answer.chunk?.source).toBe('centre');
  });

  it('tells of a device that fails to whoever went there, and passes over it while playing', async () => {
    const failure = new Error('the device does not answer');
    await expect(shown(next(25_000), failure)).rejects.toBe(failure);
    expect((await shown(next(25_000), failure, false)).answer).toEqual(next(25_000));
  });
});
