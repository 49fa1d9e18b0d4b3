/** A maker's address for one channel, as core/vendor_addresses.py fills it; unknown names stay as they are. */
export function fill(template: string, host: string, port: number, channel: number): string {
  const fields: Record<string, string> = {
    host: host.includes(':') ? `[${host}]` : host,
    port: String(port),
    channel: String(channel),
    channel_from_0: String(channel - 1),
    channel_2_digits: String(channel).padStart(2, '0'),
  };
  return template.replace(/\{([a-z0-9_]+)\}/g, (whole, name: string) => fields[name] ?? whole);
}
