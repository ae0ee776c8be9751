using System.Globalization;
using Coordinator.TestServers;

namespace Coordinator.Laboratory.Network;

/// <summary>The program <c>iptables</c>, which needs root, in a network namespace.</summary>
internal static class PacketFilter
{
    /// <summary>Drops packets without a word to their sender, or no longer.</summary>
    /// <param name="launcher">Starts a command line in the namespace.</param>
    /// <param name="port">The TCP port of either end.</param>
    /// <param name="isOn">True to begin, false to end.</param>
    public static async Task DropAsync(IReadOnlyList<string> launcher, int port, bool isOn)
    {
        var text = port.ToString(CultureInfo.InvariantCulture);
        foreach (var chain in new[] { "INPUT", "OUTPUT" })
        {
            foreach (var end in new[] { "--sport", "--dport" })
            {
                string[] rule = ["iptables", "--wait", isOn ? "--append" : "--delete", chain, "--protocol", "tcp", end, text, "--jump", "DROP"];
                var line = launcher.Concat(rule).ToArray();
                await ChildProcess.RunAsync(line[0], line[1..]);
            }
        }
    }
}
