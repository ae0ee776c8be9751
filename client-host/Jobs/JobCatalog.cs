using Microsoft.Extensions.Options;

namespace Coordinator.ClientHost.Jobs;

/// <summary>The registered jobs, as <c>Coordinator:Jobs:&lt;name&gt;</c> had them when the program started.</summary>
internal sealed class JobCatalog
{
    private const string Section = "Coordinator:Jobs";

    private readonly SortedDictionary<string, (Job Job, IReadOnlyList<string> Mistakes)> _jobs = new(StringComparer.OrdinalIgnoreCase);

    public JobCatalog(IConfiguration configuration, TimeProvider clock)
    {
        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            var reader = new JobReader(section, clock.GetUtcNow());
            _jobs[section.Key] = (reader.Read(), reader.Mistakes);
        }
    }

    /// <summary>All of them, by name.</summary>
    public IEnumerable<Job> Jobs => _jobs.Values.Select(static entry => entry.Job);

    /// <summary>Throws if any job's settings are wrong.</summary>
    /// <exception cref="OptionsValidationException">It names every mistake, each with its key.</exception>
    public void EnsureValid()
    {
        var mistakes = _jobs.Values.SelectMany(static entry => entry.Mistakes).ToList();
        if (mistakes.Count > 0) throw new OptionsValidationException(Section, typeof(Job), mistakes);
    }

    /// <summary>The job, or null if none has that name.</summary>
    /// <exception cref="FormatException">The job's settings are wrong; the message names the keys.</exception>
    public Job? Find(string name)
    {
        if (!_jobs.TryGetValue(name, out var entry)) return null;
        return entry.Mistakes.Count == 0 ? entry.Job : throw new FormatException(string.Join(" ", entry.Mistakes));
    }

    /// <summary>What to say of a name that is no job's.</summary>
    public string Unknown(string name) => _jobs.Count > 0
        ? $"There is no job '{name}'. Registered are: {string.Join(", ", _jobs.Keys)}."
        : $"There is no job '{name}': none is registered. Give {Section}:{name}:Sql.";
}
