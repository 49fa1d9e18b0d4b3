/** Stream paths that makers document for their first camera; a start for typing, not a promise. */
export const STREAM_PATHS: readonly { make: string; path: string }[] = [
  { make: 'Hikvision', path: '/Streaming/Channels/101' },
  { make: 'Dahua / CP Plus', path: '/cam/realmonitor?channel=1&subtype=0' },
  { make: 'Axis', path: '/axis-media/media.amp' },
  { make: 'Hanwha / Samsung', path: '/profile2/media.smp' },
  { make: 'Uniview', path: '/media/video1' },
  { make: 'Bosch', path: '/rtsp_tunnel' },
  { make: 'Vivotek', path: '/live.sdp' },
];

/** `url` with its path replaced; host and port stay. */
export function withPath(url: string, path: string): string {
  const found = /^(rtsps?:\/\/[^/]*)/i.exec(url.trim());
  return (found?.[1] ?? 'rtsp://') + path;
}

/** An RTSP address on the host of an ONVIF device service address. */
export function fromDevice(device: { address: string; host: string; make: string }): string {
  let host = device.host;
  if (!host) {
    try {
      host = new URL(device.address).hostname;
    } catch {
      return 'rtsp://';
    }
  }
  const known = STREAM_PATHS.find(({ make }) =>
    make.split(' / ').some((one) => device.make.toLowerCase().includes(one.toLowerCase())),
  );
  return `rtsp://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:554${known?.path ?? '/'}`;
}
