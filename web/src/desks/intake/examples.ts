/** What a vendor copies: one event by HTTP, by MQTT, one position of a tracker. */
import type { Source } from './types';

export interface Doors {
  host: string;
  secure: boolean;
  http_port: number;
  mqtt_port: number;
}

export function exampleFor(source: Pick<Source, 'kind' | 'kinds' | 'units'>, key: string, doors: Doors): string {
  const origin = `${doors.secure ? 'https' : 'http'}://${doors.host}:${doors.http_port}`;
  const body = JSON.stringify({
    specversion: '1.0',
    id: 'example-1',
    type: source.kinds[0] ?? 'device.other',
    source: '/example',
    data: { text: 'Example' },
  });
  if (source.kind === 'tracker') {
    const unit = Object.keys(source.units)[0] ?? 'UNIT';
    return `curl '${origin}/?key=${key}&id=${encodeURIComponent(unit)}&lat=26.45&lon=80.33'`;
  }
  if (source.kind === 'mqtt') {
    const tls = doors.secure ? ' --cafile centre.pem' : '';
    return `mosquitto_pub -V mqttv311 -q 1 -h ${doors.host} -p ${doors.mqtt_port}${tls} -u device -P '${key}' -t prahari/events -m '${body}'`;
  }
  return `curl -X POST '${origin}/v1/events' -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/cloudevents+json' -d '${body}'`;
}
