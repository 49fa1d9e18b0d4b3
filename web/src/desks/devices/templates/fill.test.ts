import { describe, expect, it } from 'vitest';
import { fill } from './fill';

describe('addresses as makers lay them out', () => {
  it('puts the channel where the maker has it', () => {
    expect(fill('rtsp://{host}:{port}/Streaming/Channels/{channel}01', '192.0.2.7', 554, 3)).toBe(
      'rtsp://192.0.2.7:554/Streaming/Channels/301',
    );
    expect(fill('rtsp://{host}/ch{channel_2_digits}/{channel_from_0}', '192.0.2.7', 554, 3)).toBe(
      'rtsp://192.0.2.7/ch03/2',
    );
  });

  it('writes IPv6 in brackets and leaves what it does not know', () => {
    expect(fill('rtsp://{host}:{port}/{other}', '2001:db8::7', 8554, 1)).toBe('rtsp://[2001:db8::7]:8554/{other}');
  });
});
