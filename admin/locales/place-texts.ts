import type { Text } from '../../config/language/text.ts'

/** Places on earth. */
export const placeTexts = {
  mine: { en: 'Where I am', zh: '当前位置' },
  map: { en: 'Open in a map', zh: '在地图中查看' },
  denied: { en: 'The browser may not tell where you are. Allow it beside the address of this page, or type the place.', zh: '浏览器未获准读取位置。请在地址栏旁允许，或手动输入。' },
  late: { en: 'The device did not find out where it is in time. Try again in the open, or type the place.', zh: '定位超时，请到开阔处重试，或手动输入。' },
  unknown: { en: 'The device does not know where it is. Type the place.', zh: '设备无法定位，请手动输入。' },
  insecure: { en: 'Browsers tell the place to pages behind https:// only. Type the place.', zh: '浏览器仅向 https:// 页面提供位置，请手动输入。' },
} as const satisfies Record<string, Text>
