namespace Coordinator.Laboratory.Network;

/// <summary>A network namespace. Its processes reach others through one cable, which can be cut, and through neighbour entries, which can be
/// made wrong.</summary>
internal sealed class Station(string name, string address) : IAsyncDisposable
{
    private const string Device = "eth0";

    // A MAC address without an owner: frames to it are lost silently, as in a network that is cut.
    private const string Nobody = "02:00:00:00:00:01";

    private string Cable => name + "c";

    public string Address => address;

    /// <summary>The start of a command line that runs here. The process keeps its id.</summary>
    public IReadOnlyList<string> Launcher => ["ip", "netns", "exec", name];

    public async Task ConnectAsync(string bridge)
    {
        await Ip.RunAsync("netns", "add", name);
        await Ip.RunAsync("link", "add", Cable, "type", "veth", "peer", "name", Device, "netns", name);
        await Ip.RunAsync("link", "set", Cable, "master", bridge, "up");
        await Ip.RunAsync("-n", name, "addr", "add", address + "/24", "dev", Device);
        foreach (var device in new[] { "lo", Device }) await Ip.RunAsync("-n", name, "link", "set", device, "up");
    }

    /// <summary>Cuts it off from everything.</summary>
    public Task PullCableAsync() => Ip.RunAsync("link", "set", Cable, "down");

    public Task PlugCableAsync() => Ip.RunAsync("link", "set", Cable, "up");

    /// <summary>Loses everything that it sends to an address, including answers.</summary>
    public Task MissAsync(string other) => Ip.RunAsync("-n", name, "neigh", "replace", other, "lladdr", Nobody, "dev", Device, "nud", "permanent");

    public Task FindAsync(string other) => Ip.RunAsync("-n", name, "neigh", "del", other, "dev", Device);

    /// <summary>Loses all packets from and to a TCP port, silently, as a firewall does that forgot a connection.</summary>
    public Task DropAsync(int port) => PacketFilter.DropAsync(Launcher, port, isOn: true);

    public Task PassAsync(int port) => PacketFilter.DropAsync(Launcher, port, isOn: false);

    /// <summary>The cable first: the kernel removes what is in a namespace some time after it, and the next station has the same name.</summary>
    public async ValueTask DisposeAsync()
    {
        await Ip.RunAsync("link", "del", Cable);
        await Ip.RunAsync("netns", "del", name);
    }
}
