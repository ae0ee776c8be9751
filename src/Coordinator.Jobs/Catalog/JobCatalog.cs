using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Coordinator.Jobs.Catalog;

/// <summary>The registered jobs, from <c>Coordinator:Jobs:&lt;name&gt;</c> at the start of the program.</summary>
public sealed class JobCatalog
{
    public const string Section = "Coordinator:Jobs";

    private readonly SortedDictionary<string, (Job Job, IReadOnlyList<string> Mistakes)> _jobs = new(StringComparer.OrdinalIgnoreCase);

    public JobCatalog(IConfiguration configuration, TimeProvider clock)
    {
        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            var reader = new JobReader(section, clock.GetUtcNow());
            _jobs[section.Key] = (reader.Read(), reader.Mistakes);
        }
    }

    /// <summary>All jobs, by name.</summary>
    public IEnumerable<Job> Jobs => _jobs.Values.Select(static entry => entry.Job);

    /// <summary>Every mistake in the jobs' settings, each with its key.</summary>
    public IEnumerable<string> Mistakes => _jobs.Values.SelectMany(static entry => entry.Mistakes);

    /// <summary>Throws if the settings of any job are wrong.</summary>
    /// <exception cref="OptionsValidationException">The message names all mistakes, each with its key.</exception>
    public void EnsureValid()
    {
        var mistakes = Mistakes.ToList();
        if (mistakes.Count > 0) throw new OptionsValidationException(Section, typeof(Job), mistakes);
    }

    /// <summary>The job; null if there is none with that name.</summary>
    /// <exception cref="FormatException">The job's settings are wrong; the message names the keys.</exception>
    public Job? Find(string name)
    {
        if (!_jobs.TryGetValue(name, out var entry)) return null;
        return entry.Mistakes.Count == 0 ? entry.Job : throw new FormatException(string.Join(" ", entry.Mistakes));
    }

    /// <summary>The message for an unknown name.</summary>
    public string Unknown(string name) => _jobs.Count > 0
        ? $"There is no job '{name}'. Registered are: {string.Join(", ", _jobs.Keys)}."
        : $"There is no job '{name}': none is registered. Give {Section}:{name}:Sql.";
}
