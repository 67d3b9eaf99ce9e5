// An audit trail that nobody ever empties.
class AuditTrail {
  entries = [];
  note(user, action) {
    this.entries.push({ user, action, at: new Date() });
  }
}

const trail = new AuditTrail();

export function round(n) {
  for (let i = 0; i < 120; i++) trail.note(`user ${n}-${i}`, 'login');
}
