using System.Globalization;

namespace Coordinator.Laboratory.Network;

/// <summary>A private switched network: a bridge with addresses on this side for the servers, and stations at its other cables.</summary>
internal sealed class Lan : IAsyncDisposable
{
    private readonly List<Station> _stations = [];
    private readonly string _bridge;
    private readonly string _prefix;

    private Lan(int number)
    {
        var tag = number.ToString("x4", CultureInfo.InvariantCulture);
        _bridge = $"lab{tag}";
        _prefix = string.Create(CultureInfo.InvariantCulture, $"10.{64 + (number >> 8 & 63)}.{number & 255}.");
    }

    /// <summary>The address of PostgreSQL and of the writers.</summary>
    public string WarehouseAddress => _prefix + "1";

    /// <summary>The address of memcached.</summary>
    public string MemcachedAddress => _prefix + "2";

    /// <summary>The whole network, as PostgreSQL's rules name it.</summary>
    public string Range => _prefix + "0/24";

    /// <summary>Creates the bridge. Its number comes from the process id, so that several laboratories can run on one machine.</summary>
    /// <exception cref="InvalidOperationException">This process may not create networks.</exception>
    public static async Task<Lan> CreateAsync()
    {
        if (!Environment.IsPrivilegedProcess)
            throw new InvalidOperationException("The laboratory makes network namespaces, so it must run as root (sudo), with iproute2 installed.");
        var lan = new Lan(Environment.ProcessId & 0x3fff);
        await Ip.RunAsync("link", "add", lan._bridge, "type", "bridge");
        foreach (var address in new[] { lan.WarehouseAddress, lan.MemcachedAddress })
            await Ip.RunAsync("addr", "add", address + "/24", "dev", lan._bridge);
        await Ip.RunAsync("link", "set", lan._bridge, "up");
        return lan;
    }

    /// <summary>Adds a station: a network namespace with one cable to the bridge.</summary>
    public async Task<Station> AddAsync()
    {
        var number = _stations.Count + 1;
        var station = new Station(string.Create(CultureInfo.InvariantCulture, $"{_bridge}-{number}"),
            string.Create(CultureInfo.InvariantCulture, $"{_prefix}{10 + number}"));
        _stations.Add(station);
        await station.ConnectAsync(_bridge);
        return station;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var station in _stations) await station.DisposeAsync();
        await Ip.RunAsync("link", "del", _bridge);
    }
}
