// A Vulkan driver in software, for a machine without a GPU: SwiftShader, which Chromium and Chrome bring along.
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'

const BROWSERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome']
/** glibc's flag for dlopen; Node does not name it. */
const RTLD_NODELETE = 0x1000

/** Lets Vulkan find SwiftShader from now on in this process; false where there is none. */
export function offerSwiftShader(): boolean {
  const folder = BROWSERS.find((place) => existsSync(join(place, 'vk_swiftshader_icd.json')))
  if (!folder || process.platform !== 'linux') return false
  process.env['VK_DRIVER_FILES'] ??= join(folder, 'vk_swiftshader_icd.json')
  keepLoaded(join(folder, 'libvulkan.so.1'))
  return true
}

/**
 * A browser keeps Vulkan's loader among its own files, where Dawn does not look. Once loaded it is found by its name alone.
 * Node opens libraries as addons only, complains that this one is none and lets it go; the flag makes it stay.
 */
function keepLoaded(library: string): void {
  try {
    process.dlopen({ exports: {} }, library, constants.dlopen.RTLD_NOW | RTLD_NODELETE)
  } catch {
    // Always: "did not self-register". Where it was not loaded either, Dawn finds no adapter, and that is told.
  }
}
