/** Characters of the GSM 03.38 alphabet that need no Unicode; a text with any other is sent as UCS-2. */
const GSM = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà{}[\]~|€^\\]*$/;

/** How many SMS a text costs at the least: placeholders are counted as written. */
export function partsOf(text: string): number {
  const [alone, joined] = GSM.test(text) ? [160, 153] : [70, 67];
  return text.length <= alone ? 1 : Math.ceil(text.length / joined);
}
