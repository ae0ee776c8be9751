using System.Text.Encodings.Web;
using System.Text.Json;
using Coordinator.Settings;

namespace Coordinator.SiloHost;

/// <summary><c>silo-host --check</c>: judges all settings and starts nothing.</summary>
internal static class CheckCommand
{
    private const int Right = 0;
    private const int Wrong = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int Run(IConfiguration configuration, bool isJson, TextWriter output, TextWriter error)
    {
        var reader = new SettingsReader(configuration);
        var settings = HostSettings.Read(reader);
        var isRight = reader.Mistakes.Count == 0;
        var answer = new { ok = isRight, chosen = isRight ? settings.Summary : null, mistakes = reader.Mistakes };
        if (isJson) output.WriteLine(JsonSerializer.Serialize(answer, Json));
        else if (isRight) output.WriteLine(settings.Summary);
        else
        {
            foreach (var mistake in reader.Mistakes) error.WriteLine(mistake);
        }

        return isRight ? Right : Wrong;
    }
}
