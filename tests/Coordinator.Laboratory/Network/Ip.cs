using Coordinator.TestServers;

namespace Coordinator.Laboratory.Network;

/// <summary>The program <c>ip</c> of iproute2, which needs root.</summary>
internal static class Ip
{
    public static Task RunAsync(params string[] arguments) => ChildProcess.RunAsync("ip", arguments);
}
