const demoRoles = ['owner', 'salesRep', 'salesManager', 'buyer', 'storekeeper', 'inspector', 'qualityManager', 'accountant', 'viewer'] as const
export type DemoRole = (typeof demoRoles)[number]

export type DemoLogin = { readonly role: DemoRole; readonly email: string; readonly password: string }

/** One login a role of the demo firm. They exist in demo mode only, so the password is no secret. */
export function demoLogins(): readonly DemoLogin[] {
  return demoRoles.map((role) => ({ role, email: `${role.toLowerCase()}@trellis.example`, password: 'trellis-demo' }))
}
