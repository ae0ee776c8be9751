using System.Net.Sockets;
using Coordinator.Clustering.Postgres;
using Coordinator.Hosting;
using Microsoft.Extensions.Options;

namespace Coordinator.SiloHost;

/// <summary>Runs what the command line asks for. Reports each mistake in the settings in one line, instead of a stack trace.</summary>
internal static class StartUp
{
    private const int Done = 0;
    private const int Usage = 2;

    /// <summary>Runs to the end and returns the exit code.</summary>
    public static async Task<int> RunAsync(Arguments arguments, TextWriter output, TextWriter error)
    {
        if (arguments.Mistake is { } mistake)
        {
            await error.WriteLineAsync($"silo-host: {mistake} 'silo-host --help' shows what is allowed.");
            return Usage;
        }

        try
        {
            if (arguments.IsHelp) await output.WriteLineAsync(HelpText.Text());
            else if (arguments.IsCheck) return Check(arguments, output, error);
            else await ServeAsync(arguments);
            return Done;
        }
        catch (Exception failure) when (Messages(failure) is { } messages)
        {
            foreach (var message in messages) await error.WriteLineAsync("silo-host: " + message);
            return Usage;
        }
    }

    private static async Task ServeAsync(Arguments arguments)
    {
        await using var app = SiloApp.Build([.. arguments.Settings]);
        await app.RunToEndAsync();
    }

    private static int Check(Arguments arguments, TextWriter output, TextWriter error) =>
        CheckCommand.Run(SiloApp.CreateBuilder([.. arguments.Settings]).Configuration, arguments.IsJson, output, error);

    private static IEnumerable<string>? Messages(Exception failure) => failure switch
    {
        OptionsValidationException invalid => invalid.Failures,
        // A settings file that is no JSON: the inner exceptions name the line.
        InvalidDataException { InnerException: { } inner } => [$"{failure.Message} {inner.Message}"],
        MembershipUnavailableException => [failure.Message],
        IOException { InnerException: not null } => [$"{failure.Message} Choose another port with the setting urls."],
        _ when TakenPort(failure) is { } taken => [$"{taken} Choose other ports with Coordinator:Silo:SiloPort and Coordinator:Silo:GatewayPort."],
        _ => null,
    };

    private static string? TakenPort(Exception failure) => failure is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }
        ? failure.Message
        : failure.InnerException is { } inner ? TakenPort(inner) : null;
}
