using System.Security.Cryptography;
using System.Text;
using Coordinator.ClientHost.Inserting.Input;
using Coordinator.ClientHost.Rows;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.ClientHost.Inserting.Lineages;

/// <summary>The ids that versions before gave a file's intents: the origin is a hash of the whole file, the sequence is the chunk's number.</summary>
internal static class EarlierIds
{
    /// <summary>The version of the rule by which files divide. It is part of the origin.</summary>
    private const string RuleVersion = "1";

    /// <summary>The origin of the file's intents: a hash of everything that decides which rows a chunk holds.</summary>
    /// <param name="input">The file.</param>
    /// <param name="table">The table.</param>
    /// <param name="limits">Where chunks end.</param>
    /// <param name="salt">Empty, or what makes this run another one on purpose.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<Guid> OriginAsync(InputText input, TableName table, ChunkLimits limits, string salt, CancellationToken cancellationToken)
    {
        await using var text = input.File.Rewound();
        var content = Convert.ToHexStringLower(await SHA256.HashDataAsync(text, cancellationToken));
        var identity = $"insert {RuleVersion}\n{content}\n{table}\n{input.Format}\n{limits.Rows}\n{limits.Bytes}\n{salt}";
        return IntentId.OriginOf(SHA256.HashData(Encoding.UTF8.GetBytes(identity)));
    }
}
