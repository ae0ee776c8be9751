using Microsoft.Extensions.Configuration;

namespace Coordinator.Locking;

public static class Stub
{
    public static ISiloBuilder AddGhettoLocks(this ISiloBuilder silo, IConfiguration configuration) => silo;
}
