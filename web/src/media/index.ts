/** Pictures for every desk: a live tile, and the player of the camera page. */
export { CameraPlayer } from './CameraPlayer';
export { LiveTile, statusOf, TileMessage, Tool, type LiveTileProps } from './live/LiveTile';
export { PictureClock } from './live/PictureClock';
export { useLive } from './live/useLive';
export type { TimelineEvent } from './playback/Timeline';
export { mediaTokens } from './session';
export { DateField, TimeField } from './playback/DateField';
