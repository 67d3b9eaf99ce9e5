// A weak map does not leak by itself: what it keeps for objects that live on does.
class Tenant {
  constructor(name) {
    this.name = name;
  }
}

const tenants = Array.from({ length: 5 }, (_, i) => new Tenant(`tenant ${i}`));
const visits = new WeakMap();

function visit(tenant, page) {
  if (!visits.has(tenant)) visits.set(tenant, []);
  visits.get(tenant).push({ page, at: new Date(0) });
}

export function round(n) {
  for (let i = 0; i < 100; i++) visit(tenants[i % tenants.length], `page ${n}-${i}`);
}
