namespace Coordinator.RedshiftSimulator.Dialect;

internal enum TokenKind
{
    Word,
    QuotedName,
    Text,
    Number,
    Parameter,
    Symbol,
}
