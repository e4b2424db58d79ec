/** The commands that print what an answer is missing. */
import type { InventoryItem } from '../inventories/inventory-item.ts';
import { fileNameOf } from '../inventories/value-shapes.ts';
import type { CatalogueDriver } from './catalogue.ts';
import type { Machine } from './machine.ts';

export type System = CatalogueDriver['platform'];

/** Guessed from what a product calls its platform; null where the name does not tell. */
export function systemOf(platform: string | undefined): System | null {
  if (platform === undefined) return null;
  if (/mac|darwin|os ?x/i.test(platform)) return 'macos';
  if (/win/i.test(platform)) return 'windows';
  return /linux|ubuntu|debian|rhel|red ?hat|suse|fedora|centos/i.test(platform) ? 'linux' : null;
}

/** Prints every driver, with as much as one command can, in a form that the inventories' readers take. */
export const listCommands: Readonly<Record<System, string>> = {
  windows:
    'Get-CimInstance Win32_SystemDriver | Select-Object ' +
    '@{n="serviceName";e={$_.Name}}, @{n="path";e={$_.PathName}}, ' +
    '@{n="fileVersion";e={"$((Get-Item -LiteralPath $_.PathName).VersionInfo.FileVersionRaw)"}}, ' +
    '@{n="sha256";e={(Get-FileHash -LiteralPath $_.PathName).Hash}}, ' +
    '@{n="signer";e={(Get-AuthenticodeSignature -LiteralPath $_.PathName).SignerCertificate.Subject}} | ' +
    'ConvertTo-Json',
  linux: 'lsmod | tail -n +2 | cut -d" " -f1 | xargs modinfo',
  macos: 'systemextensionsctl list; kmutil showloaded',
};

type ItemField = keyof InventoryItem;

/** Prints one fact of one driver. The file's name stands in it only where nothing in the name can be a command. */
export function itemCommand(field: ItemField, item: InventoryItem, system: System): string | null {
  if (system === 'macos') return listCommands.macos;
  return system === 'linux' ? linuxCommand(field, item) : windowsCommand(field, item);
}

function windowsCommand(field: ItemField, item: InventoryItem): string | null {
  if (field === 'packageVersion') return 'pnputil /enum-drivers';
  const found = windowsFile(item);
  if (found === null) return listCommands.windows;
  switch (field) {
    case 'fileVersion':
      return `${found} | ForEach-Object { "$($_.VersionInfo.FileVersionRaw)" }`;
    case 'productVersion':
      return `${found} | ForEach-Object { "$($_.VersionInfo.ProductVersionRaw)" }`;
    case 'signer':
      return `${found} | Get-AuthenticodeSignature | ForEach-Object { $_.SignerCertificate.Subject }`;
    case 'sha256':
      return `${found} | Get-FileHash`;
    case 'authentihashSha256':
      return `${found} | Get-AppLockerFileInformation | ForEach-Object { $_.Hash }`;
    default:
      return null;
  }
}

function windowsFile({ path, fileName }: InventoryItem): string | null {
  if (path !== undefined && /^[A-Z]:\\[\w .\\-]+$/i.test(path)) {
    return `Get-Item -LiteralPath '${path}'`;
  }
  const name = fileNameOf(fileName ?? path ?? '');
  if (!/^\w[\w.-]*$/.test(name)) return null;
  const folders = '"$env:windir\\System32\\drivers", "$env:windir\\System32\\DriverStore"';
  return `Get-ChildItem -Recurse ${folders} -Filter ${name}`;
}

function linuxCommand(field: ItemField, { moduleName = '' }: InventoryItem): string | null {
  if (!/^\w[\w-]*$/.test(moduleName)) return listCommands.linux;
  switch (field) {
    case 'version':
      return `modinfo -F version ${moduleName}`;
    case 'signer':
      return `modinfo -F signer ${moduleName}`;
    case 'sha256':
      return `sha256sum "$(modinfo -n ${moduleName})"`;
    default:
      return null;
  }
}

/** Prints one fact of the machine; null where no command does. */
export function machineCommand(field: keyof Machine, platform: string | undefined): string | null {
  const system = systemOf(platform);
  return system === null ? null : (machineCommands[system][field] ?? null);
}

const machineCommands: Record<System, Partial<Record<keyof Machine, string>>> = {
  windows: {
    items: listCommands.windows,
    osBuild: 'cmd /c ver',
    architecture: '$env:PROCESSOR_ARCHITECTURE',
    locale: '(Get-WinSystemLocale).Name',
    patches: '(Get-HotFix).HotFixID',
    cpu: '(Get-CimInstance Win32_Processor).Name',
    hypervisor:
      'Get-CimInstance Win32_ComputerSystem | ForEach-Object { "$($_.Manufacturer) $($_.Model)" }',
  },
  linux: {
    items: listCommands.linux,
    osBuild: 'uname -r',
    architecture: 'uname -m',
    locale: 'echo "$LANG"',
    cpu: "lscpu | grep 'Model name'",
    hypervisor: 'systemd-detect-virt',
  },
  macos: {
    items: listCommands.macos,
    osBuild: 'sw_vers -productVersion',
    architecture: 'uname -m',
    locale: 'defaults read -g AppleLocale',
    cpu: 'sysctl -n machdep.cpu.brand_string',
  },
};
