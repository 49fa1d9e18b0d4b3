/** The low-latency switch: the same camera over WebRTC, for steering a PTZ. Dearer for the engine than LivePlayer. */

import { ApiError } from '@/api/client';
import type { TokenBroker } from '../tokens';
import { Backoff } from './backoff';
import { faultOf } from './connection';
import { INITIAL_STATE, type LiveState } from './state';

export interface WebRtcPlayerOptions {
  cameraId: string;
  video: HTMLVideoElement;
  tokens: TokenBroker;
  onState(state: LiveState): void;
  /** WebRTC does not get through: the caller had better use LivePlayer. Stopped already. */
  onImpossible(): void;
}

const ANSWER_WITHIN_MS = 10_000;
const STATS_MS = 500;
const STALLED_MS = 3_000;
const GATHER_LIMIT_MS = 1_000;
/** No picture for this long after the start: the network between here and the engine lets no WebRTC through. */
const FIRST_PICTURE_LIMIT_MS = 12_000;
const NTP_TO_UNIX_MS = 2_208_988_800_000;

export class WebRtcPlayer {
  private readonly options: WebRtcPlayerOptions;
  private readonly backoff = new Backoff();
  private state: LiveState = INITIAL_STATE;
  private peer: RTCPeerConnection | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private running = false;
  private deadline: ReturnType<typeof setTimeout> | null = null;
  private frames = -1;
  private framesAtMs = 0;
  private playoutOffsetMs: number | null = null;

  constructor(options: WebRtcPlayerOptions) {
    this.options = options;
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.deadline = setTimeout(() => {
      if (!this.running || this.state.hasPicture) return;
      this.stop();
      this.options.onImpossible();
    }, FIRST_PICTURE_LIMIT_MS);
    void this.connect();
  }

  stop(): void {
    this.running = false;
    if (this.deadline !== null) clearTimeout(this.deadline);
    this.drop();
  }

  setVisible(visible: boolean): void {
    if (visible) this.start();
    else this.stop();
  }

  get current(): LiveState {
    return this.state;
  }

  /** Time on the engine's clock at which the shown picture was sent; null until the first sender report. */
  wallMs(): number | null {
    return this.playoutOffsetMs === null ? null : Date.now() + this.playoutOffsetMs;
  }

  private async connect(): Promise<void> {
    const peer = new RTCPeerConnection();
    this.peer = peer;
    this.set({ phase: 'connecting', reason: '' });
    try {
      peer.addTransceiver('video', { direction: 'recvonly' });
      peer.addTransceiver('audio', { direction: 'recvonly' });
      peer.ontrack = ({ streams, track, receiver }) => {
        const [stream] = streams;
        if (track.kind === 'video') {
          (receiver as { jitterBufferTarget?: number }).jitterBufferTarget = 0;
          this.options.video.srcObject = stream ?? new MediaStream([track]);
          void this.options.video.play().catch(() => (this.options.video.muted = true));
        }
      };
      peer.onconnectionstatechange = () => {
        if (this.peer === peer && ['failed', 'disconnected'].includes(peer.connectionState))
          this.retry('connection_lost');
      };
      await peer.setLocalDescription(await peer.createOffer());
      await gathered(peer);
      await peer.setRemoteDescription(await this.answer(peer));
      if (this.peer === peer) this.watch(peer);
    } catch (error) {
      if (this.peer !== peer) return;
      this.retry(error instanceof ApiError && isRefusal(error.code) ? error.code : faultOf(error));
    }
  }

  private async answer(peer: RTCPeerConnection): Promise<RTCSessionDescriptionInit> {
    const { cameraId, tokens } = this.options;
    const token = await tokens.get(cameraId, 'live');
    const { sdp, type } = peer.localDescription as RTCSessionDescription;
    const response = await fetch(new URL(`/webrtc/${encodeURIComponent(cameraId)}`, token.origin), {
      method: 'POST',
      headers: { Authorization: `Bearer ${token.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ sdp, type }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }).catch((error: unknown) => {
      tokens.discard(cameraId, 'live'); // its machine may be gone, and the camera another's
      throw error;
    });
    if (!response.ok) {
      tokens.discard(cameraId, 'live');
      const told = response.status === 403 ? ((await response.json()) as { code?: string }).code : 'engine';
      const code = told === 'engine' || isRefusal(told) ? told : 'no_permit';
      throw new ApiError(response.status, code, { en: 'The media engine refused.', hi: 'मीडिया इंजन ने मना किया।' });
    }
    return (await response.json()) as RTCSessionDescriptionInit;
  }

  private watch(peer: RTCPeerConnection): void {
    this.timer = setTimeout(async () => {
      const report = await peer.getStats();
      if (this.peer !== peer) return;
      for (const entry of report.values())
        if (entry.type === 'inbound-rtp' && entry.kind === 'video') this.judge(entry);
      this.watch(peer);
    }, STATS_MS);
  }

  private judge(entry: { framesDecoded?: number; estimatedPlayoutTimestamp?: number; timestamp: number }): void {
    const now = performance.now();
    const { video } = this.options;
    if (entry.estimatedPlayoutTimestamp) {
      this.playoutOffsetMs = entry.estimatedPlayoutTimestamp - NTP_TO_UNIX_MS - entry.timestamp;
    }
    if ((entry.framesDecoded ?? 0) !== this.frames) {
      this.frames = entry.framesDecoded ?? 0;
      this.framesAtMs = now;
    }
    if (this.frames > 0 && now - this.framesAtMs < STALLED_MS) {
      this.backoff.reset();
      this.set({ phase: 'live', reason: '', hasPicture: true, widthPx: video.videoWidth, heightPx: video.videoHeight });
    } else if (this.state.phase === 'live') {
      this.set({ phase: 'stalled', reason: 'no_frames' });
    }
  }

  private retry(fault: string): void {
    this.drop();
    if (!this.running) return;
    this.timer = setTimeout(() => void this.connect(), this.backoff.next());
    this.set({
      phase: isRefusal(fault) ? 'no_consent' : this.state.hasPicture ? 'stalled' : 'offline',
      reason: fault,
    });
  }

  private drop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.peer?.close();
    this.peer = null;
    this.playoutOffsetMs = null;
    this.frames = -1;
    if (!this.running) this.options.video.srcObject = null;
  }

  private set(change: Partial<LiveState>): void {
    this.state = { ...this.state, ...change };
    this.options.onState(this.state);
  }
}

/** Waits for the candidates: the engine takes one complete offer. */
function gathered(peer: RTCPeerConnection): Promise<void> {
  if (peer.iceGatheringState === 'complete') return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GATHER_LIMIT_MS);
    peer.addEventListener('icegatheringstatechange', () => {
      if (peer.iceGatheringState !== 'complete') return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Whether the owner's terms, not a fault, keep the picture away. */
function isRefusal(code: string | undefined): code is 'no_permit' | 'needs_request' {
  return code === 'no_permit' || code === 'needs_request';
}
