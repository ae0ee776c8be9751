using System.Globalization;

namespace Coordinator.TestServers;

/// <summary>PostgreSQL's programs, and a data folder that is created once and copied for each server.</summary>
internal static class PostgresInstallation
{
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private static string[] Folders =>
        Directory.Exists("/usr/lib/postgresql")
            ? [.. Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(VersionOf).Select(folder => Path.Combine(folder, "bin"))]
            : [];

    public static string Postgres => Executable.Find("postgres", "postgresql", Folders);

    /// <summary>A new data folder. The caller deletes it.</summary>
    public static async Task<string> NewDataFolderAsync(CancellationToken ct)
    {
        var template = await Template.Value;
        var folder = NewPath();
        await ChildProcess.RunAsync("cp", ["-a", template, folder], ct);
        return folder;
    }

    /// <summary>The command that runs a program of PostgreSQL. It runs as the user postgres if this process is root, because PostgreSQL refuses
    /// root.</summary>
    public static (string FileName, string[] Arguments) Command(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess
            ? (Executable.Find("setpriv", "util-linux"), ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", program, .. arguments])
            : (program, arguments);

    /// <summary>Deletes a data folder. Sessions of a killed server may still write to it for a moment.</summary>
    public static Task DeleteAsync(string folder) =>
        Eventually.TrueAsync($"the data folder {folder} can be deleted", () =>
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return true;
            }
            catch (IOException)
            {
                return !Directory.Exists(folder);
            }
        });

    private static async Task<string> MakeTemplateAsync()
    {
        var folder = NewPath();
        var initdb = Executable.Find("initdb", "postgresql", Folders);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        if (Environment.IsPrivilegedProcess) await ChildProcess.RunAsync("chown", ["postgres:", folder]);
        var (fileName, arguments) = Command(
            initdb, "-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions");
        await ChildProcess.RunAsync(fileName, arguments);
        return folder;
    }

    // Root's TMPDIR may be a folder that the user postgres cannot enter.
    private static string NewPath() =>
        Path.Combine(Environment.IsPrivilegedProcess ? "/tmp" : Path.GetTempPath(), $"coordinator-pg-{Guid.NewGuid():N}");

    private static double VersionOf(string folder) =>
        double.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0;
}
