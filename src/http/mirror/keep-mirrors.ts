import { isMessageOrText } from '../../messages/message.ts'
import { render } from '../../messages/render.ts'
import { MirrorKeeper } from '../../rotations/mirroring/mirror-keeper.ts'
import type { RotationApi } from '../rotations/rotation-api.ts'

/** Has this service read mirrored sites, at a share of what their targets allow, until it closes. */
export function keepMirrors({ app, store, routes }: RotationApi, share: number): void {
  const keeper = new MirrorKeeper({
    store,
    share,
    routeTo: target => routes.elsewhere({ target }),
    onFailure: ({ url }, error) =>
      isMessageOrText(error)
        ? app.log.warn({ site: url, reason: render(error) }, 'a site could not be read')
        : app.log.error({ site: url, err: error }, 'the reading of a site broke off'),
  })
  app.addHook('onListen', () => keeper.start())
  app.addHook('preClose', () => keeper.stop())
}
