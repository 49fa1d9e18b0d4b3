/** The little of ISO-BMFF that the players must know: track timescales of an init segment, start time of a fragment. */

export interface InitInfo {
  /** Ticks a second, by track id. */
  timescales: Map<number, number>;
  videoTrackId: number | null;
}

interface Box {
  type: string;
  /** First byte after the header. */
  start: number;
  end: number;
}

const HEADER_BYTES = 8;

function* boxes(view: DataView, start: number, end: number): Generator<Box> {
  let at = start;
  while (at + HEADER_BYTES <= end) {
    let size = view.getUint32(at);
    let header = HEADER_BYTES;
    if (size === 1) {
      if (at + 16 > end) return;
      size = Number(view.getBigUint64(at + 8));
      header = 16;
    } else if (size === 0) {
      size = end - at;
    }
    if (size < header) return;
    const type = String.fromCharCode(
      view.getUint8(at + 4),
      view.getUint8(at + 5),
      view.getUint8(at + 6),
      view.getUint8(at + 7),
    );
    yield { type, start: at + header, end: Math.min(at + size, end) };
    at += size;
  }
}

function child(view: DataView, parent: Box, type: string): Box | null {
  for (const box of boxes(view, parent.start, parent.end)) if (box.type === type) return box;
  return null;
}

function viewOf(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}

/** Tracks of an init segment (ftyp + moov). Unknown or cut boxes are passed over: the browser judges them. */
export function parseInit(data: Uint8Array): InitInfo {
  const view = viewOf(data);
  const info: InitInfo = { timescales: new Map(), videoTrackId: null };
  for (const moov of boxes(view, 0, data.byteLength)) {
    if (moov.type !== 'moov') continue;
    for (const trak of boxes(view, moov.start, moov.end)) {
      if (trak.type !== 'trak') continue;
      const tkhd = child(view, trak, 'tkhd');
      const mdia = child(view, trak, 'mdia');
      if (!tkhd || !mdia) continue;
      const mdhd = child(view, mdia, 'mdhd');
      const hdlr = child(view, mdia, 'hdlr');
      if (!mdhd) continue;
      const trackId = view.getUint32(tkhd.start + (view.getUint8(tkhd.start) === 1 ? 20 : 12));
      info.timescales.set(trackId, view.getUint32(mdhd.start + (view.getUint8(mdhd.start) === 1 ? 20 : 12)));
      if (hdlr && view.getUint32(hdlr.start + 8) === 0x76696465 /* "vide" */) info.videoTrackId ??= trackId;
    }
  }
  return info;
}

/**
 * Decode time in seconds at which a media fragment begins, on the stream's own clock: of its first video run where
 * there is one, else of whatever comes first. Null when there is no readable time in it.
 */
export function fragmentStart(data: Uint8Array, init: InitInfo): number | null {
  const view = viewOf(data);
  let first: number | null = null;
  for (const moof of boxes(view, 0, data.byteLength)) {
    if (moof.type !== 'moof') continue;
    for (const traf of boxes(view, moof.start, moof.end)) {
      if (traf.type !== 'traf') continue;
      const tfhd = child(view, traf, 'tfhd');
      const tfdt = child(view, traf, 'tfdt');
      if (!tfhd || !tfdt) continue;
      const trackId = view.getUint32(tfhd.start + 4);
      const timescale = init.timescales.get(trackId);
      if (!timescale) continue;
      const ticks =
        view.getUint8(tfdt.start) === 1 ? Number(view.getBigUint64(tfdt.start + 4)) : view.getUint32(tfdt.start + 4);
      if (trackId === init.videoTrackId) return ticks / timescale;
      first ??= ticks / timescale;
    }
  }
  return first;
}
