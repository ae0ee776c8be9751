using System.Text;
using Coordinator.Memcached.Connections;

namespace Coordinator.Doctor.Locks;

/// <summary>Questions to one memcached as text, beside the client's own commands: version and statistics.</summary>
internal sealed class MemcachedTalk(Stream stream) : IAsyncDisposable
{
    private static readonly string[] Ends = ["END", "EN", "STORED", "NOT_STORED", "DELETED", "NOT_FOUND", "OK", "HD", "NF", "NS"];

    private readonly StreamReader _reader = new(stream, Encoding.ASCII, leaveOpen: true);

    public static async Task<MemcachedTalk> OpenAsync(
        ServerAddress server, MemcachedConnectionOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        new(await new Connector(options, time).OpenAsync(server, cancellationToken));

    /// <summary>Sends a command, and its value if it has one, and returns the lines of the answer.</summary>
    /// <exception cref="IOException">The server closed the connection or reported an error.</exception>
    public async Task<IReadOnlyList<string>> AskAsync(string command, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), cancellationToken);
        var lines = new List<string>();
        while (true)
        {
            var line = await _reader.ReadLineAsync(cancellationToken) ?? throw new IOException("the server closed the connection");
            if (line.StartsWith("ERROR", StringComparison.Ordinal) || line.Contains("_ERROR ", StringComparison.Ordinal))
                throw new IOException($"{command.Split('\r')[0]}: {line}");
            lines.Add(line);
            var word = line.Split(' ')[0];
            if (Ends.Contains(word) || word == "VERSION") return lines;
            // The value of a meta get follows its line.
            if (word == "VA") lines.Add(await _reader.ReadLineAsync(cancellationToken) ?? "");
            if (word == "VA") return lines;
        }
    }

    public async Task<IReadOnlyDictionary<string, string>> StatisticsAsync(CancellationToken cancellationToken) =>
        (await AskAsync("stats", cancellationToken)).Select(static line => line.Split(' ', 3)).Where(static parts => parts is ["STAT", _, _])
            .ToDictionary(static parts => parts[1], static parts => parts[2], StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await stream.DisposeAsync();
    }
}
