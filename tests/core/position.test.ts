import fc from 'fast-check'
import { expect, it } from 'vitest'
import { positionOfDevice, positionText, readPosition, writePosition } from '../../config/language/position.ts'

const written = (text: string) => {
  const position = readPosition(text)
  return position && writePosition(position)
}

it.each([
  ['47.3769,8.5417', 'geo:47.3769,8.5417'], ['geo:47.3769,8.5417;u=12', 'geo:47.3769,8.5417;u=12'], ['GEO:47.37690,08.5417;crs=wgs84;u=12.50', 'geo:47.3769,8.5417;u=12.5'], [' 47.3769 8.5417 ', 'geo:47.3769,8.5417'],
  ['47,3769; 8,5417', 'geo:47.3769,8.5417'], ['N47.3769 E8.5417', 'geo:47.3769,8.5417'], ['47.3769°S, 8.5417°W', 'geo:-47.3769,-8.5417'], ['8.5417E 47.3769N', 'geo:47.3769,8.5417'], ['−33.9，18.4', 'geo:-33.9,18.4'],
  ['47°22\'37"N 8°32\'30"E', 'geo:47.3769444,8.5416667'], ['47°22′37″N, 8°32′30″E', 'geo:47.3769444,8.5416667'], ['47°22\'37"N8°32\'30"E', 'geo:47.3769444,8.5416667'], ['北纬31°13′24″ 东经121°28′12″', 'geo:31.2233333,121.47'], ['31度13分24秒N 121度28分12秒E', 'geo:31.2233333,121.47'],
  ['47° 22.5\' N 8° 30\' E', 'geo:47.375,8.5'], ['90,180', 'geo:90,180'], ['-90,-180', 'geo:-90,-180'], ['-0.0,0', 'geo:0,0'], ['0.0000001,-0.0000001', 'geo:0.0000001,-0.0000001'],
])('%s is %s', (text, place) => {
  expect(written(text)).toBe(place)
})

it.each([
  '', '47.3769', '47.3769,', '47,3769,8,5417', '91,0', '0,180.0000001', '90.0000001,0', '47.12345678,8', '47.3769N 8.5417', '-47N 8E', '8E 47E', 'N47N 8E', '47°60\' 8°', '47.5°30\' 8°', '47°1.5\'30" 8°', '1,2,3', 'geo:1,2,3', 'geo:1,2;crs=moon', 'geo:1,2;u=-1', 'here', '1e1,2', '١,٢'.repeat(40), `${'1'.repeat(200)},2`,
])('%s is no place', (text) => {
  expect(readPosition(text)).toBeUndefined()
})

it('keeps what it has written, however it is shown, and never another place', () => {
  const coordinate = (most: number) => fc.integer({ min: -most * 10 ** 7, max: most * 10 ** 7 })
  fc.assert(fc.property(coordinate(90), coordinate(180), fc.option(fc.integer({ min: 1, max: 10 ** 6 }), { nil: undefined }), (north, east, metres) => {
    const device = positionOfDevice({ latitude: north / 10 ** 7, longitude: east / 10 ** 7, accuracy: metres ?? 1 }) ?? expect.fail('no place')
    expect([Math.round(Number(device.latitude) * 10 ** 7), Math.round(Number(device.longitude) * 10 ** 7), device.accuracy]).toEqual([north, east, String(metres ?? 1)])
    expect(written(writePosition(device))).toBe(writePosition(device))
    expect(readPosition(positionText(device))).toEqual({ latitude: device.latitude, longitude: device.longitude })
  }))
})

it('takes any text in no time', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.,; °\'"NSEW-+geo:'), maxLength: 120 }), (text) => {
    const place = written(text)
    if (place !== undefined) expect(written(place)).toBe(place)
  }), { numRuns: 2_000 })
})
