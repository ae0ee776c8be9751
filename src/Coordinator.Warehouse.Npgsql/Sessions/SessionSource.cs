using Microsoft.Extensions.Logging;
using Npgsql;

namespace Coordinator.Warehouse.Npgsql.Sessions;

/// <summary>Settings that all connection sources share, for PostgreSQL and Redshift.</summary>
/// <param name="ConnectionString">The operator's connection string.</param>
/// <param name="ApplicationName">The name by which operators find the silo's sessions.</param>
/// <param name="MaxPoolSize">The maximum number of connections of one source.</param>
/// <param name="CommandTimeout">How long one exchange may take.</param>
internal sealed record SessionSource(string ConnectionString, string ApplicationName, int MaxPoolSize, TimeSpan CommandTimeout)
{
    /// <summary>A file with the password, which is read for each login, so that a new password needs no restart; empty if the connection string
    /// has the password.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>Gives the password of each login; null if the connection string or the file has it.</summary>
    public Func<CancellationToken, ValueTask<string>>? Password { get; init; }

    /// <summary>A value of <see cref="NpgsqlConnectionStringBuilder.CancellationTimeout"/>: a statement that is cancelled or late gives its
    /// connection up without waiting for the server's answer, which may be lost.</summary>
    public const int NoCancellationWait = -1;

    private const int KeepAliveSeconds = 60;
    private const int KeepAliveIntervalSeconds = 15;

    /// <param name="name">The source's name in logs and metrics.</param>
    /// <param name="loggers">Npgsql's loggers.</param>
    /// <param name="configure">Changes what one source needs.</param>
    /// <param name="onOpen">SQL that every new session begins with; null for none.</param>
    public NpgsqlDataSource Create(
        string name, ILoggerFactory loggers, Action<NpgsqlConnectionStringBuilder> configure, string? onOpen = null)
    {
        var builder = new NpgsqlDataSourceBuilder(ConnectionString) { Name = name };
        var connection = builder.ConnectionStringBuilder;
        connection.ApplicationName = ApplicationName;
        connection.MaxPoolSize = MaxPoolSize;
        connection.CommandTimeout = (int)Math.Ceiling(CommandTimeout.TotalSeconds);
        // A long statement sends nothing on the wire. AWS drops a connection without a packet for 350 s, without a word to either end, and Linux
        // sends its first keep-alive packet after two hours. The connection string may set other times.
        connection.TcpKeepAlive = true;
        if (connection.TcpKeepAliveTime == 0) connection.TcpKeepAliveTime = KeepAliveSeconds;
        if (connection.TcpKeepAliveInterval == 0) connection.TcpKeepAliveInterval = KeepAliveIntervalSeconds;
        // Details contain values of rows, and errors appear in receipts and logs.
        connection.IncludeErrorDetail = false;
        connection.Enlist = false;
        connection.Multiplexing = false;
        configure(connection);
        if (PasswordFile.Length > 0) builder.UsePasswordProvider(_ => ReadPassword(), (_, cancellationToken) => ReadPasswordAsync(cancellationToken));
        if (Password is { } password)
            builder.UsePasswordProvider(
                static _ => throw new NotSupportedException("Connections are opened asynchronously."),
                (_, cancellationToken) => password(cancellationToken));
        if (onOpen is not null) builder.UsePhysicalConnectionInitializer(opened => Run(opened, onOpen), opened => RunAsync(opened, onOpen));
        return builder.UseLoggerFactory(loggers).EnableParameterLogging(false).ConfigureTracing(StatementSpans.Configure).Build();
    }

    private string ReadPassword() => File.ReadAllText(PasswordFile).TrimEnd('\r', '\n');

    private async ValueTask<string> ReadPasswordAsync(CancellationToken cancellationToken) =>
        (await File.ReadAllTextAsync(PasswordFile, cancellationToken).ConfigureAwait(false)).TrimEnd('\r', '\n');

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }
}
