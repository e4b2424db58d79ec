/** Rows that PowerShell and WMIC print of Windows' own classes. Names of properties are never translated. */

import { readDate } from './driver-date.ts';
import type { InventoryItem } from './inventory-item.ts';
import { type Row, type RowSource, textOf, textsOf } from './row.ts';
import { architectureOf, originalInfOf, placeOf } from './value-shapes.ts';

/** What every instance has, by way of WMI or of PowerShell's remoting. */
const ofEveryInstance = [
  ...['caption', 'description', 'installdate', 'name', 'status', 'started', 'startmode', 'node'],
  ...['creationclassname', 'systemcreationclassname', 'systemname', 'pscomputername', 'psstatus'],
  ...['runspaceid', 'psshowcomputername', 'cimclass', 'ciminstanceproperties'],
  ...['cimsystemproperties', 'scope', 'options', 'classpath', 'properties', 'systemproperties'],
  ...['qualifiers', 'site', 'container', '__genus', '__class', '__superclass', '__dynasty'],
  ...['__relpath', '__property_count', '__derivation', '__server', '__namespace', '__path'],
];

const pnpSignedDriver: RowSource = {
  name: 'win32_pnpsigneddriver',
  platform: 'windows',
  telling: [
    ...['compatid', 'devicename', 'driverdate', 'drivername', 'driverprovidername', 'infname'],
    ...['driverversion', 'hardwareid', 'issigned', 'pdo', 'devloader', 'deviceclass'],
  ],
  others: [
    ...['classguid', 'deviceid', 'friendlyname', 'location', 'manufacturer', 'signer'],
    ...ofEveryInstance,
  ],
  versions: ['DriverVersion'],
  read: (row) =>
    understood({
      ...placeOf(textOf(row, 'drivername')),
      displayName:
        textOf(row, 'devicename') ?? textOf(row, 'friendlyname') ?? textOf(row, 'description'),
      packageVersion: textOf(row, 'driverversion'),
      date: dateOf(row, 'driverdate'),
      provider: textOf(row, 'driverprovidername'),
      company: textOf(row, 'manufacturer'),
      originalInf: originalInfOf(textOf(row, 'infname')),
      classGuid: textOf(row, 'classguid'),
      hardwareIds: idsOf(row, 'hardwareid'),
      compatibleIds: idsOf(row, 'compatid'),
      signer: textOf(row, 'signer'),
    }),
};

const systemDriver: RowSource = {
  name: 'win32_systemdriver',
  platform: 'windows',
  telling: ['pathname', 'servicetype', 'acceptpause', 'acceptstop', 'desktopinteract', 'tagid'],
  others: [
    ...['displayname', 'errorcontrol', 'exitcode', 'servicespecificexitcode', 'startname', 'state'],
    ...ofEveryInstance,
  ],
  versions: [],
  read: (row) =>
    understood({
      ...placeOf(textOf(row, 'pathname')),
      serviceName: textOf(row, 'name'),
      displayName: textOf(row, 'displayname') ?? textOf(row, 'caption'),
      architecture: architectureOf(textOf(row, 'pathname')),
    }),
};

/** `Get-WindowsDriver`. */
const windowsDriver: RowSource = {
  name: 'windowsdriver',
  platform: 'windows',
  telling: ['inbox', 'bootcritical', 'classname', 'providername', 'originalfilename', 'driver'],
  others: [
    ...['date', 'version', 'catalogfile', 'classguid', 'classdescription', 'driversignature'],
    ...['majorversion', 'minorversion', 'build', 'revision', 'path', 'online', 'windirpath'],
    ...['sysdrivepath', 'systemdrive', 'restartneeded', 'loglevel', 'logpath', 'scratchdirectory'],
  ],
  versions: ['Version'],
  read: (row) =>
    understood({
      originalInf:
        originalInfOf(textOf(row, 'originalfilename')) ?? originalInfOf(textOf(row, 'driver')),
      architecture: architectureOf(textOf(row, 'originalfilename')),
      packageVersion: textOf(row, 'version'),
      date: dateOf(row, 'date'),
      provider: textOf(row, 'providername'),
      classGuid: textOf(row, 'classguid'),
    }),
};

/** The VersionInfo of files, as `(Get-Item *.sys).VersionInfo` gives it. */
const versionInfo: RowSource = {
  name: 'versioninfo',
  platform: 'windows',
  telling: [
    'fileversion',
    'fileversionraw',
    'productversionraw',
    'originalfilename',
    'internalname',
  ],
  others: [
    ...['filename', 'productversion', 'companyname', 'filedescription', 'productname', 'comments'],
    ...['legalcopyright', 'legaltrademarks', 'language', 'privatebuild', 'specialbuild'],
    ...['filemajorpart', 'fileminorpart', 'filebuildpart', 'fileprivatepart', 'isdebug'],
    ...['productmajorpart', 'productminorpart', 'productbuildpart', 'productprivatepart'],
    ...['ispatched', 'isprerelease', 'isprivatebuild', 'isspecialbuild'],
  ],
  versions: ['FileVersion', 'FileVersionRaw', 'ProductVersion', 'ProductVersionRaw'],
  read: (row) =>
    understood({
      ...placeOf(textOf(row, 'filename')),
      originalFileName: textOf(row, 'originalfilename'),
      fileVersion: versionIn(row, 'fileversionraw', 'fileversion'),
      productVersion: versionIn(row, 'productversionraw', 'productversion'),
      company: textOf(row, 'companyname'),
      displayName: textOf(row, 'filedescription'),
      architecture: architectureOf(textOf(row, 'filename')),
    }),
};

export const windowsSources: readonly RowSource[] = [
  pnpSignedDriver,
  systemDriver,
  windowsDriver,
  versionInfo,
];

/**
 * The four numbers, as the text beside them is whatever somebody typed. Where they are zeros, nobody set
 * them, and the text is all there is.
 */
function versionIn(row: Row, numbers: string, typed: string): string | undefined {
  const [raw, text] = [textOf(row, numbers), textOf(row, typed)];
  return raw === undefined || (text !== undefined && /^0(?:\.0)*$/.test(raw)) ? text : raw;
}

function understood(fields: InventoryItem) {
  return { fields, faults: [] };
}

/** WMIC writes an ampersand as XML does. */
function idsOf(row: Row, name: string): readonly string[] {
  return textsOf(row, name).map((id) => id.replaceAll('&amp;', '&'));
}

function dateOf(row: Row, name: string): string | undefined {
  const text = textOf(row, name);
  return text === undefined ? undefined : readDate(text);
}
