/** The arguments cannot be right for this snapshot: an object or a class that it does not have. */
export class WrongUsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WrongUsageError';
  }
}
