using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Coordinator.RedshiftSimulator.Wire;
using Npgsql;

namespace Coordinator.RedshiftSimulator.Sessions;

/// <summary>The start of a session, up to the first ReadyForQuery; and cancel requests, which are sessions of one packet.</summary>
internal static class Handshake
{
    private const int SslRequest = 80877103;
    private const int GssRequest = 80877104;
    private const int CancelRequest = 80877102;

    // Beyond every process id of Linux. The key data of a session need not have the number that pg_backend_pid() returns: a proxy may be between.
    private const int ProxyOffset = 1 << 24;

    /// <summary>The version that every Redshift reports.</summary>
    private const string ServerVersion = "8.0.2";

    // One snapshot per transaction, string escapes as in PostgreSQL 8.0, and plans without indexes.
    private const string BackendOptions =
        "-c enable_indexscan=off -c enable_indexonlyscan=off -c enable_bitmapscan=off -c default_transaction_isolation=repeatable\\ read -c "
        + "standard_conforming_strings=off -c escape_string_warning=off -c backslash_quote=on -c jit=off";

    public static async Task RunAsync(SimulatorState state, Stream connection, CancellationToken cancellationToken)
    {
        await using var client = new FrameStream(connection);
        while (await client.ReadRawAsync(cancellationToken) is { } packet)
        {
            switch (BinaryPrimitives.ReadInt32BigEndian(packet))
            {
                case SslRequest when state.Options.Certificate is { } certificate && connection is not SslStream:
                    await client.WriteRawAsync("S"u8.ToArray(), cancellationToken);
                    await using (var secured = new SslStream(connection))
                    {
                        await secured.AuthenticateAsServerAsync(certificate);
                        await RunAsync(state, secured, cancellationToken);
                    }

                    return;
                case SslRequest or GssRequest:
                    await client.WriteRawAsync("N"u8.ToArray(), cancellationToken);
                    continue;
                case CancelRequest:
                    await ForwardCancelAsync(state, packet, cancellationToken);
                    return;
            }

            var parameters = Parameters(packet);
            client.Start();
            if (!await Login.AdmitAsync(state.Options, client, parameters["user"], connection is SslStream, cancellationToken)) return;
            if (await SideAsync(state, client, parameters, cancellationToken) is not { } side) return;
            using var upstream = await ConnectAsync(state, cancellationToken);
            await using var server = new FrameStream(upstream.GetStream());
            await server.WriteRawAsync(StartUp(parameters, state.Options.DatabaseUser), cancellationToken);
            server.Start();
            if (await AuthenticateAsync(state, client, server, cancellationToken) is not { } pid) return;
            var session = new Session(state, client, server, side, pid, parameters.GetValueOrDefault("application_name") ?? "");
            await session.RunAsync(cancellationToken);
            return;
        }
    }

    /// <summary>Side connections to the session's database; null if it does not exist; then the client gets an error.</summary>
    private static async Task<NpgsqlDataSource?> SideAsync(
        SimulatorState state, FrameStream client, Dictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        try
        {
            return await state.Views.EnsureAsync(parameters.GetValueOrDefault("database") ?? parameters["user"]);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            var error = $"SFATAL\0C{e.SqlState}\0M{e.MessageText}\0\0";
            await client.WriteAsync(new Frame('E', Encoding.UTF8.GetBytes(error)), cancellationToken);
            await client.FlushAsync(cancellationToken);
            return null;
        }
    }

    private static async Task<int?> AuthenticateAsync(
        SimulatorState state, FrameStream client, FrameStream server, CancellationToken cancellationToken)
    {
        var pid = 0;
        while (await server.ReadAsync(cancellationToken) is { } frame)
        {
            await client.WriteAsync(OfServer(frame, state.Options.Deployment), cancellationToken);
            await client.FlushAsync(cancellationToken);
            if (frame.Type == 'K') pid = BinaryPrimitives.ReadInt32BigEndian(frame.Body);
            if (frame.Type == 'Z') return pid;
            if (frame.Type != 'R' || BinaryPrimitives.ReadInt32BigEndian(frame.Body) is 0 or 12) continue;
            if (await client.ReadAsync(cancellationToken) is not { } answer) return null;
            await server.WriteAsync(answer, cancellationToken);
            await server.FlushAsync(cancellationToken);
        }

        return null;
    }

    private static Frame OfServer(Frame frame, RedshiftDeployment deployment)
    {
        if (frame.Type == 'K' && deployment != RedshiftDeployment.Provisioned)
            return new Frame('K', [.. Length(BinaryPrimitives.ReadInt32BigEndian(frame.Body) + ProxyOffset), .. frame.Body[4..]]);
        if (frame.Type != 'S') return frame;
        var at = 0;
        return frame.Text(ref at) == "server_version" ? new Frame('S', Encoding.UTF8.GetBytes($"server_version\0{ServerVersion}\0")) : frame;
    }

    private static Dictionary<string, string> Parameters(byte[] packet)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        var (frame, at) = (new Frame('\0', packet), 4);
        while (packet[at] != 0)
        {
            var name = frame.Text(ref at);
            parameters[name] = frame.Text(ref at);
        }

        return parameters;
    }

    private static byte[] StartUp(Dictionary<string, string> parameters, string databaseUser)
    {
        if (databaseUser.Length > 0) parameters["user"] = databaseUser;
        parameters["options"] = $"{BackendOptions} {parameters.GetValueOrDefault("options")}".TrimEnd();
        var body = new List<byte> { 0, 3, 0, 0 };
        foreach (var (name, value) in parameters) body.AddRange(Encoding.UTF8.GetBytes($"{name}\0{value}\0"));
        body.Add(0);
        return [.. Length(body.Count + 4), .. body];
    }

    private static async Task ForwardCancelAsync(SimulatorState state, byte[] packet, CancellationToken cancellationToken)
    {
        using var upstream = await ConnectAsync(state, cancellationToken);
        var stream = upstream.GetStream();
        var pid = BinaryPrimitives.ReadInt32BigEndian(packet.AsSpan(4));
        if (pid >= ProxyOffset) BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(4), pid - ProxyOffset);
        await stream.WriteAsync((byte[])[.. Length(packet.Length + 4), .. packet], cancellationToken);
        // The server closes the connection once it has handled the request.
        await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, cancellationToken);
    }

    private static async Task<TcpClient> ConnectAsync(SimulatorState state, CancellationToken cancellationToken)
    {
        var target = new NpgsqlConnectionStringBuilder(state.Options.Upstream);
        var upstream = new TcpClient { NoDelay = true };
        await upstream.ConnectAsync(target.Host!, target.Port, cancellationToken);
        return upstream;
    }

    private static byte[] Length(int bytes)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes);
        return length;
    }
}
