namespace Coordinator.TestServers;

/// <summary>Finds the programs that the tests need.</summary>
public static class Executable
{
    /// <summary>The path of a program.</summary>
    /// <exception cref="FileNotFoundException">It is in none of the folders; the message says how to install it.</exception>
    public static string Find(string name, string package, IEnumerable<string>? folders = null) => Find([name], package, folders);

    /// <summary>The path of the first of several programs that exists.</summary>
    /// <exception cref="FileNotFoundException">None is in any of the folders; the message says how to install it.</exception>
    public static string Find(IReadOnlyList<string> names, string package, IEnumerable<string>? folders = null)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        string[] all = [.. folders ?? [], .. path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), "/usr/sbin", "/usr/local/sbin",
            "/sbin"];
        return names.SelectMany(name => all.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"These tests need the program '{names[0]}' and it is not installed: apt-get install {package} (tests/run does that).");
    }
}
