using System.Net.Sockets;
using Coordinator.Clustering.Postgres;
using Microsoft.Extensions.Options;

namespace Coordinator.SiloHost;

/// <summary>Reports mistakes in the settings to an operator in one line instead of a stack trace.</summary>
internal static class StartUp
{
    private const int Usage = 2;

    /// <summary>Runs the host to its end and returns the exit code.</summary>
    public static async Task<int> RunAsync(Func<Task> host)
    {
        try
        {
            await host();
            return 0;
        }
        catch (Exception failure) when (Message(failure) is { } message)
        {
            await Console.Error.WriteLineAsync("silo-host: " + message);
            return Usage;
        }
    }

    private static string? Message(Exception failure) => failure switch
    {
        MembershipUnavailableException => failure.Message,
        OptionsValidationException invalid => string.Join(" ", invalid.Failures),
        // The exceptions of the configuration binder name the key and the value.
        InvalidOperationException { InnerException: FormatException or ArgumentException } or NotSupportedException => failure.Message,
        IOException { InnerException: not null } => $"{failure.Message} Choose another port with the setting urls.",
        _ when IsPortTaken(failure) => "A silo or gateway port is in use; choose others with Coordinator:Silo:SiloPort and Coordinator:Silo:GatewayPort.",
        _ => null,
    };

    private static bool IsPortTaken(Exception failure) =>
        failure is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } || (failure.InnerException is { } inner && IsPortTaken(inner));
}
