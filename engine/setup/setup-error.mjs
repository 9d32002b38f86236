// What setup could not do: one sentence that says why, and what a person can do about it.
export class SetupError extends Error {
  /**
   * @param {string} message why, in one sentence
   * @param {string} todo what to do about it, in one sentence; empty where nothing can be done
   */
  constructor(message, todo = '') {
    super(message)
    this.name = 'SetupError'
    this.todo = todo
  }
}
