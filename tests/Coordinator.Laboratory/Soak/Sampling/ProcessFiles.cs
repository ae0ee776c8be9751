using System.Globalization;

namespace Coordinator.Laboratory.Soak.Sampling;

/// <summary>Reads processes from <c>/proc</c>.</summary>
internal static class ProcessFiles
{
    private const double TicksPerSecond = 100;
    private const double KilobytesPerMegabyte = 1024;

    // Of /proc/PID/stat after the program's name: the times in user and in kernel mode, of the process and of its ended children.
    private const int FirstTime = 11;
    private const int Times = 4;

    // Of a line of /proc/net/tcp: the state and the inode.
    private const int State = 3;
    private const int Inode = 9;
    private const string Listening = "0A";
    private const string SocketPrefix = "socket:[";

    /// <summary>The figures of a process; null if it has ended.</summary>
    public static ProcessFigures? Read(int pid)
    {
        try
        {
            var status = File.ReadLines($"/proc/{pid}/status").Select(static line => line.Split(':', 2))
                .ToDictionary(static parts => parts[0], static parts => parts[1].Trim(), StringComparer.Ordinal);
            var descriptors = Directory.GetFileSystemEntries($"/proc/{pid}/fd");
            return new ProcessFigures(
                CpuSeconds(pid), Megabytes(status, "VmRSS"), Megabytes(status, "RssAnon"), descriptors.Length,
                int.Parse(status["Threads"], CultureInfo.InvariantCulture), Connections(pid, descriptors));
        }
        catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A process with all its children.</summary>
    public static ProcessFigures? ReadTree(int pid)
    {
        if (Read(pid) is not { } sum) return null;
        foreach (var child in Children(pid)) sum += Read(child) ?? default;
        return sum;
    }

    private static IEnumerable<int> Children(int pid) => File.ReadAllText($"/proc/{pid}/task/{pid}/children")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static child => int.Parse(child, CultureInfo.InvariantCulture));

    private static double CpuSeconds(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        // The name may have blanks and brackets.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields.Skip(FirstTime).Take(Times).Sum(static ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>A process that has just ended has no memory.</summary>
    private static double Megabytes(Dictionary<string, string> status, string name) => status.TryGetValue(name, out var text)
        ? double.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture) / KilobytesPerMegabyte
        : 0;

    private static int Connections(int pid, IEnumerable<string> descriptors)
    {
        var connected = new[] { "tcp", "tcp6" }.SelectMany(kind => File.ReadLines($"/proc/{pid}/net/{kind}").Skip(1))
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(static fields => fields[State] != Listening).Select(static fields => fields[Inode]).ToHashSet(StringComparer.Ordinal);
        return descriptors.Select(static path => new FileInfo(path).LinkTarget ?? "")
            .Where(static target => target.StartsWith(SocketPrefix, StringComparison.Ordinal))
            .Count(target => connected.Contains(target[SocketPrefix.Length..^1]));
    }
}
