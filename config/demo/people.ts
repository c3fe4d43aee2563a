import type { Payload } from 'payload'
import { actorOf, type Actor } from '../../plugins/core/access/actor.ts'
import { demoLogins, type DemoRole } from '../../plugins/core/demo/logins.ts'

const names: Readonly<Record<DemoRole, string>> = {
  owner: 'Chen Wei 陈伟',
  salesRep: 'Lin Yue 林悦',
  salesManager: 'Zhou Jian 周健',
  buyer: 'Wang Min 王敏',
  storekeeper: 'Liu Yang 刘洋',
  inspector: 'Ma Li 马丽',
  qualityManager: 'Gao Ning 高宁',
  accountant: 'Xu Lan 徐岚',
  viewer: 'Sun Hao 孙浩',
}

/** Creates the accounts of the demo logins, one a role. The first becomes the owner. */
export async function createPeople(payload: Payload): Promise<Readonly<Record<DemoRole, Actor>>> {
  const actors: Partial<Record<DemoRole, Actor>> = {}
  for (const { role, email, password } of demoLogins()) {
    const user = await payload.create({ collection: 'users', data: { id: crypto.randomUUID(), email, password, name: names[role], roles: [role] } })
    actors[role] = await actorOf(payload, { id: user.id, email, name: names[role], roles: [role] })
  }
  return actors as Readonly<Record<DemoRole, Actor>>
}
