using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.Laboratory.Cluster;

/// <summary>A small file system in memory with one table of PostgreSQL on it, which can be filled. Needs root.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"coordinator-lab-{Environment.ProcessId}.disk");

    private string Filler => Path.Combine(_folder, "filler");

    public static async Task<SmallDisk> StartAsync(NpgsqlDataSource database, string table)
    {
        var disk = new SmallDisk();
        Directory.CreateDirectory(disk._folder);
        await ChildProcess.RunAsync("mount", ["-t", "tmpfs", "-o", "size=64m", "tmpfs", disk._folder]);
        var files = Directory.CreateDirectory(Path.Combine(disk._folder, "files")).FullName;
        await using var where = database.CreateCommand("SELECT current_setting('data_directory')");
        await ChildProcess.RunAsync("chown", [$"--reference={await where.ExecuteScalarAsync()}", files]);
        foreach (var sql in new[] { $"CREATE TABLESPACE small LOCATION '{files}'", $"ALTER TABLE {table} SET TABLESPACE small" })
        {
            await using var command = database.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }

        return disk;
    }

    /// <summary>Leaves no room.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            // A page of the table, or less.
            for (var page = new byte[4096]; ;) file.Write(page);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    public void Release() => File.Delete(Filler);

    /// <summary>At once for new programs; for those that still use it, when they end.</summary>
    public async ValueTask DisposeAsync()
    {
        await ChildProcess.RunAsync("umount", ["--lazy", _folder]);
        Directory.Delete(_folder);
    }
}
