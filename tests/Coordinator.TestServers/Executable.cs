namespace Coordinator.TestServers;

/// <summary>Finds the programs that the tests need.</summary>
internal static class Executable
{
    /// <summary>The path of a program.</summary>
    /// <exception cref="FileNotFoundException">It is in none of the folders; the message says how to install it.</exception>
    public static string Find(string name, string package, IEnumerable<string>? folders = null)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        var found = (folders ?? [])
            .Concat(path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            .Concat(["/usr/sbin", "/usr/local/sbin", "/sbin"])
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        return found ?? throw new FileNotFoundException(
            $"These tests need the program '{name}' and it is not installed: apt-get install {package} (tests/run does that).");
    }
}
